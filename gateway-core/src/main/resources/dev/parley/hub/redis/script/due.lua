-- Ends what has waited too long in mailboxes: the owner of the sender's id is told once for all
-- signals of a bundle. If that has to wait, so does the bundle.
--
-- Arguments: most       how many bundles at most
-- Result:    in how many milliseconds the next deadline is, "-" if there is none; then, after a
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
  return tell_sender(envelope, 'EXPIRED')
end

-- Takes a bundle out of its mailbox, and writes down what it was.
local function take(box, sender, numbers, result)
  local bytes = 0
  for _, number in ipairs(numbers) do
    local weight, envelope = weight_and_envelope(call('HGET', box, '#' .. number))
    call('HDEL', box, '#' .. number)
    bytes = bytes + weight
    result[#result + 1] = label_of(envelope)
  end
  call('HDEL', box, '@' .. sender)
  if call('HINCRBY', box, 'c', -#numbers) <= 0 then
    call('DEL', box)
  else
    call('HINCRBY', box, 'y', -bytes)
  end
  give_back(sender, #numbers, bytes)
end

operation('due', 1, function(most)
  local result = {''}
  for _, bundle in ipairs(call('ZRANGEBYSCORE', KEY.due, '-inf', whole(clock()), 'LIMIT', 0, most)) do
    local sender, recipient = sender_and_recipient(bundle)
    local box = KEY.mail .. recipient
    local numbers = numbers_of(box, sender)
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
  result[1] = next[2] and whole(math.max(0, next[2] - clock())) or '-'
  return table.concat(result, ' ')
end)
