-- Ends what has waited too long in mailboxes: the owner of the sender's id is told once for all
-- signals of a bundle.
--
-- Arguments: most       how many bundles at most
-- Result:    in how many milliseconds the next deadline is, "-" if there is none; then, after a
--            blank each, the labels of the signals that have expired

operation('due', 1, function(most)
  local result = {''}
  for _, bundle in ipairs(call('ZRANGEBYSCORE', KEY.due, '-inf', whole(clock()), 'LIMIT', 0, most)) do
    call('ZREM', KEY.due, bundle)
    local sender, recipient = sender_and_recipient(bundle)
    local box = KEY.mail .. recipient
    local signals, bytes = 0, 0
    for number in string.gmatch(call('HGET', box, '@' .. sender) or '', '%d+') do
      local weight, envelope = weight_and_envelope(call('HGET', box, '#' .. number))
      call('HDEL', box, '#' .. number)
      if signals == 0 then
        tell_sender(envelope, 'EXPIRED')
      end
      signals, bytes = signals + 1, bytes + weight
      result[#result + 1] = label_of(envelope)
    end
    if signals > 0 then
      call('HDEL', box, '@' .. sender)
      if call('HINCRBY', box, 'c', -signals) <= 0 then
        call('DEL', box)
      else
        call('HINCRBY', box, 'y', -bytes)
      end
      give_back(sender, signals, bytes)
    end
  end
  local next = call('ZRANGE', KEY.due, 0, 0, 'WITHSCORES')
  result[1] = next[2] and whole(math.max(0, next[2] - clock())) or '-'
  return table.concat(result, ' ')
end)
