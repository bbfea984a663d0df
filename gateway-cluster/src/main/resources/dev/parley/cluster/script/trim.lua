-- Drops what the seat that asks has read of its inbox.
--
-- Arguments: next       the first id to keep
--            bytes      how many bytes are dropped, counted as when they were appended
-- Result:    empty

operation('trim', 2, function(next, bytes)
  call('XTRIM', KEY.inbox .. SEAT, 'MINID', next)
  call('HINCRBY', KEY.seat .. SEAT, 'fill', 0 - bytes)
  return ''
end)
