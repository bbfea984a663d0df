-- Deletes entries of its inbox that the calling epoch has read.
--
-- Arguments: next       the first id to keep
--            bytes      the bytes of the deleted entries, as counted when they were appended
-- Result:    empty

operation('trim', 2, function(next, bytes)
  call('XTRIM', KEY.inbox .. EPOCH, 'MINID', next)
  call('HINCRBY', KEY.seat .. EPOCH, 'fill', 0 - bytes)
  return ''
end)
