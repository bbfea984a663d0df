-- Begins a new seat of a node, and ends those that it had before.
--
-- KEYS[1]    what is known of the new seat
-- ARGV[1]    the new seat
-- ARGV[2…]   seats to end
-- Result     an id, after which the entries of the new seat's inbox come; a blank; what tells these
--            keys from those that are there after all were deleted; and what the call has found out
--            beside that, see report()

if is_moving() then
  return redis.error_reply('TRYAGAIN the slot is moving')
end
-- A Redis that is out of memory lets a node come back, which takes little and lets it clean up, but no
-- new one in.
-- A stream without entries is there all the same; without this one nothing could be appended.
local first = first_write(#ARGV > 1, 'XADD', KEY.inbox .. SEAT, '*', 't', 'z')
call('XDEL', KEY.inbox .. SEAT, first)
call('HSET', KEYS[1], 'number', 0, 'reply', '', 'fill', 0)
call('ZADD', KEY.nodes, whole(clock()), SEAT)
local dataset = call('GET', KEY.dataset)
if not dataset or string.find(dataset, '%s') then
  dataset = SEAT .. '@' .. whole(clock())
  call('SET', KEY.dataset, dataset)
end
for i = 2, #ARGV do
  end_seat(ARGV[i], LIMIT.graceMillis)
end
return first .. ' ' .. dataset .. report()
