-- Begins a new seat of a node, and ends those that it had before.
--
-- KEYS[1]    what is known of the new seat
-- ARGV[1]    the new seat
-- ARGV[2…]   seats to end
-- Result     an id: the entries of the new seat's inbox come after it

if is_moving() then
  return redis.error_reply('TRYAGAIN the slot is moving')
end
for i = 2, #ARGV do
  end_seat(ARGV[i], LIMIT.graceMillis)
end
-- A stream without entries is there all the same; without this one nothing could be appended.
local first = call('XADD', KEY.inbox .. SEAT, '*', 't', 'z')
call('XDEL', KEY.inbox .. SEAT, first)
call('HSET', KEYS[1], 'number', 0, 'reply', '', 'fill', 0)
call('ZADD', KEY.nodes, whole(clock()), SEAT)
return first
