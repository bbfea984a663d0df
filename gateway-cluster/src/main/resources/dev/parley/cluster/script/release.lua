-- Gives an id up, if the registration still owns it.
--
-- Arguments: address
--            number     the registration
--            lost       1 if its connection was lost, so that the id is held for its token; else 0
-- Result:    empty

operation('release', 3, function(address, number, lost)
  local owner = call('HMGET', KEY.peer .. address, 'n', 's', 'k')
  if owner[1] == EPOCH and owner[2] == number then
    if lost == '1' then
      lose(address, EPOCH, owner[3])
    else
      vacate(address, EPOCH)
    end
  end
  return ''
end)
