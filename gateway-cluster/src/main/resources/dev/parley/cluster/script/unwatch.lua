-- Ends the calling epoch's watch of an id.
--
-- Arguments: address
-- Result:    empty

operation('unwatch', 1, function(address)
  call('SREM', KEY.watch .. address, EPOCH)
  call('SREM', KEY.watching .. EPOCH, address)
  return ''
end)
