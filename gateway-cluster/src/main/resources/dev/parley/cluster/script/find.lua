-- Whether an id has an owner, and the owner's dialect.
--
-- Arguments: address
-- Result:    0, or 1 and after a blank the dialect

operation('find', 1, function(address)
  local owner = call('HMGET', KEY.peer .. address, 'n', 'd')
  return owner[1] and is_alive(owner[1]) and '1 ' .. (owner[2] or '') or '0'
end)
