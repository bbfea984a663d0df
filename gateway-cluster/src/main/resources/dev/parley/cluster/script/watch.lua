-- Watches an id on behalf of the calling epoch. The answer is an entry p or a in its inbox; after p
-- an entry d follows when the id has no owner any more.
--
-- Arguments: address
--            number     the watch, which correlates the answer
-- Result:    empty; "M" if Redis is out of memory: there is an answer, but the epoch does not watch

operation('watch', 2, function(address, number)
  local epoch = call('HGET', KEY.peer .. address, 'n')
  if epoch and is_alive(epoch) then
    if memory_is_out and call('SISMEMBER', KEY.watch .. address, EPOCH) == 0 then
      append(EPOCH, 'p ' .. number, address)
      return 'M'
    end
    call('SADD', KEY.watch .. address, EPOCH)
    call('SADD', KEY.watching .. EPOCH, address)
    append(EPOCH, 'p ' .. number, address)
  else
    append(EPOCH, 'a ' .. number, address)
  end
  return ''
end)
