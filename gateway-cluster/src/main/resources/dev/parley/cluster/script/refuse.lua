-- Gives a signal back: the owner of the sender's id, if there is one, is told.
--
-- Arguments: cause      why, see Undelivered.Cause
--            envelope   the signal
-- Result:    1, or 0 if that is to be tried again later

operation('refuse', 2, function(cause, envelope)
  return tell_sender(envelope, cause) and '1' or '0'
end)
