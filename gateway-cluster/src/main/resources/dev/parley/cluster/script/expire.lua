-- Expires bundles of held signals: the owner of the sender's id is notified once for all signals of
-- a bundle. If that must be retried later, the bundle stays.
--
-- Arguments: most       the most bundles
-- Result:    the time to the next deadline in milliseconds, "-" if there is none; then, after a
--            blank each, the labels of the signals that have expired

local AGAIN = 1000

-- The numbers of a bundle's signals, in order.
local function numbers_of(box, sender)
  local numbers = {}
  for number in string.gmatch(call('HGET', box, '@' .. sender) or '', '%d+') do
    numbers[#numbers + 1] = number
  end
  return numbers
end

local function is_told(box, number)
  local _, envelope = weight_and_envelope(call('HGET', box, '#' .. number))
  return not envelope or tell_sender(envelope, 'EXPIRED')
end

-- Whether all mailboxes are empty.
local function is_empty(box)
  for _, field in ipairs(call('HKEYS', box)) do
    if string.sub(field, 1, 1) == '@' then
      return false
    end
  end
  return true
end

-- Removes a bundle from its mailbox, and returns its signals.
local function take(box, sender, numbers, result)
  local bytes = 0
  for _, number in ipairs(numbers) do
    local weight, envelope = weight_and_envelope(call('HGET', box, '#' .. number))
    call('HDEL', box, '#' .. number)
    if envelope then
      bytes = bytes + weight
      result[#result + 1] = label_of(envelope)
    else
      set_aside('mail')
    end
  end
  call('HDEL', box, '@' .. sender)
  if call('HINCRBY', box, 'c', -#numbers) <= 0 and is_empty(box) then
    call('DEL', box)
  else
    call('HINCRBY', box, 'y', 0 - bytes)
  end
  give_back(sender, #numbers, bytes)
end

operation('expire', 1, function(most)
  local result = {''}
  for _, bundle in ipairs(call('ZRANGEBYSCORE', KEY.due, '-inf', whole(clock()), 'LIMIT', 0, most)) do
    local sender, recipient = sender_and_recipient(bundle)
    local box = KEY.mail .. (recipient or '')
    local numbers = sender and numbers_of(box, sender) or {}
    if not sender then
      set_aside('due')
    end
    if #numbers > 0 and not is_told(box, numbers[1]) then
      call('ZADD', KEY.due, whole(clock() + AGAIN), bundle)
    else
      call('ZREM', KEY.due, bundle)
      if #numbers > 0 then
        take(box, sender, numbers, result)
      end
    end
  end
  local next = call('ZRANGE', KEY.due, 0, 0, 'WITHSCORES')
  if not next[2] then
    -- Nothing is held, whatever the number says.
    call('DEL', KEY.held)
  end
  result[1] = next[2] and millis_until(next[2]) or '-'
  return table.concat(result, ' ')
end)
