-- Begins a new epoch of a node, and ends its former ones.
--
-- KEYS[1]    the state of the new epoch
-- ARGV[1]    the new epoch
-- ARGV[2…]   epochs to end
-- Result     the id before the first entry of the new epoch's inbox; a blank; the identity of this
--            data set, which changes when Redis is emptied; and the observations of the call, see
--            report()

if is_moving() then
  return redis.error_reply('TRYAGAIN the slot is moving')
end
-- A Redis that is out of memory lets a node rejoin, which takes little and lets it clean up, but no
-- new node join.
-- Creates the stream without entries: if it were missing, nothing could be appended.
local first = first_write(#ARGV > 1, 'XADD', KEY.inbox .. EPOCH, '*', 't', 'z')
call('XDEL', KEY.inbox .. EPOCH, first)
call('HSET', KEYS[1], 'number', 0, 'reply', '', 'fill', 0)
call('ZADD', KEY.nodes, whole(clock()), EPOCH)
local dataset = call('GET', KEY.dataset)
if not dataset or string.find(dataset, '%s') then
  dataset = EPOCH .. '@' .. whole(clock())
  call('SET', KEY.dataset, dataset)
end
for i = 2, #ARGV do
  end_epoch(ARGV[i], LIMIT.graceMillis)
end
return first .. ' ' .. dataset .. report()
