-- Begins a new seat of a node, and ends those that it had before.
--
-- KEYS[1]    what is known of the new seat
-- ARGV[1]    the new seat
-- ARGV[2…]   seats to end
-- Result     an id, after which the entries of the new seat's inbox come; a blank; and what tells
--            these keys from those that are there after all were deleted

if is_moving() then
  return redis.error_reply('TRYAGAIN the slot is moving')
end
-- First of all, so that a Redis that is out of memory refuses the call as a whole.
-- A stream without entries is there all the same; without this one nothing could be appended.
local first = call('XADD', KEY.inbox .. SEAT, '*', 't', 'z')
call('XDEL', KEY.inbox .. SEAT, first)
call('HSET', KEYS[1], 'number', 0, 'reply', '', 'fill', 0)
call('ZADD', KEY.nodes, whole(clock()), SEAT)
call('SET', KEY.dataset, SEAT .. '@' .. whole(clock()), 'NX')
for i = 2, #ARGV do
  end_seat(ARGV[i], LIMIT.graceMillis)
end
return first .. ' ' .. call('GET', KEY.dataset)
