-- Gives a signal back, as refuse.lua does, on behalf of a seat that reads its inbox no more and is
-- about to end: what would have to be tried again is left in that inbox, for clean.lua.
--
-- Arguments: cause      why, see Undelivered.Cause
--            envelope   the signal
-- Result:    1, or 0 if the seat is over already

operation('bequeath', 2, function(cause, envelope)
  if tell_sender(envelope, cause) or append(SEAT, 'u 0 ' .. cause, envelope) then
    return '1'
  end
  return '0'
end)
