-- Executes a batch of commands of one epoch, exactly once: the epoch keeps the number of its last
-- batch and the reply to it.
--
-- KEYS[1]    the state of the epoch
-- ARGV[1]    the epoch
-- ARGV[2]    the number of the batch: the last one plus one
-- ARGV[3…]   for each command its name and its arguments, see the file of that name; preceded by
--            their number, where it differs from call to call
-- Result     FENCED                     the epoch is over; nothing was done
--            FENCED <kind>              it is over because one of its keys is missing, or of
--                                       another type
--            GAP <number>               this is neither the next batch nor the last one; nothing
--                                       was done; the number is the last one's
--            OK, and the observations of the call, see report(); and after a line feed each, the
--            result of every command; "!" and a message for one that failed. For a batch that was
--            executed before: the same reply again.

if is_moving() then
  return redis.error_reply('TRYAGAIN the slot is moving')
end
local state = call('HMGET', KEYS[1], 'number', 'reply')
if not state[1] then
  return 'FENCED'
end
local last, number = tonumber(state[1]), tonumber(ARGV[2])
if not last then
  end_epoch(EPOCH, LIMIT.graceMillis)
  return 'FENCED seat'
end
if number == last then
  return state[2]
end
if number ~= last + 1 then
  return 'GAP ' .. whole(last)
end

-- First, so that a Redis that refuses writes refuses the whole batch, unless it is for lack of
-- memory.
first_write(true, 'HSET', KEYS[1], 'number', number, 'reply', '')

local reply = {''}
local at = 3
while at <= #ARGV do
  local operation = OPERATIONS[ARGV[at]]
  local first, count = at + 1, operation.arguments
  local done, result
  if count then
    done, result = pcall(operation.run, unpack(ARGV, first, at + count))
  else
    first, count = at + 2, tonumber(ARGV[at + 1])
    done, result = pcall(operation.run, first, first + count - 1)
  end
  if not done then
    local message = type(result) == 'table' and result.err or tostring(result)
    result = '!' .. string.gsub(message, '%c', ' ')
  elseif string.find(result, '\n', 1, true) then
    result = '!ERR a result of more than one line'
  end
  reply[#reply + 1] = result
  at = first + count
end

book_rooms()
if lost then
  end_epoch(EPOCH, LIMIT.graceMillis)
  return 'FENCED ' .. lost
end
if ended[EPOCH] then
  return 'FENCED'
end
reply[1] = 'OK' .. report()
local all = table.concat(reply, '\n')
call('HSET', KEYS[1], 'reply', all)
return all
