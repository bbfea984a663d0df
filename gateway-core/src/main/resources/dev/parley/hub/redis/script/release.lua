-- Gives an id up, if the registration still owns it.
--
-- Arguments: address
--            number     the registration
-- Result:    empty

operation('release', 2, function(address, number)
  local owner = call('HMGET', KEY.peer .. address, 'n', 's')
  if owner[1] == SEAT and owner[2] == number then
    vacate(address, SEAT)
  end
  return ''
end)
