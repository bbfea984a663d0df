-- Nobody on the seat that asks watches the id any more.
--
-- Arguments: address
-- Result:    empty

operation('unwatch', 1, function(address)
  call('SREM', KEY.watch .. address, SEAT)
  call('SREM', KEY.watching .. SEAT, address)
  return ''
end)
