-- Gives a signal back: the owner of the sender's id, if there is one, is told.
--
-- Arguments: cause      why, see Undelivered.Cause
--            envelope   the signal
-- Result:    empty

operation('refuse', 2, function(cause, envelope)
  tell_sender(envelope, cause)
  return ''
end)
