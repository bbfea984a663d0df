-- Refuses a signal, as refuse.lua does, on behalf of an epoch that no longer reads its inbox and is
-- about to end: a refusal that would have to be retried is appended to that inbox, for clean.lua.
--
-- Arguments: cause      see Undelivered.Cause
--            envelope   the signal
-- Result:    1, or 0 if the epoch is already over

operation('hand_over', 2, function(cause, envelope)
  if tell_sender(envelope, cause) or append(EPOCH, 'u 0 ' .. cause, envelope) then
    return '1'
  end
  return '0'
end)
