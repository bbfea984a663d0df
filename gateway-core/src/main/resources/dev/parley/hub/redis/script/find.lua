-- Whether somebody owns an id.
--
-- Arguments: address
-- Result:    1 or 0

operation('find', 1, function(address)
  local seat = call('HGET', KEY.peer .. address, 'n')
  return seat and is_alive(seat) and '1' or '0'
end)
