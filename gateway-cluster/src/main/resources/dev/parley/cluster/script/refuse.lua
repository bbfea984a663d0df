-- Refuses a signal: notifies the owner of the sender's id, if there is one.
--
-- Arguments: cause      see Undelivered.Cause
--            envelope   the signal
-- Result:    1, or 0 if that is to be retried later

operation('refuse', 2, function(cause, envelope)
  return tell_sender(envelope, cause) and '1' or '0'
end)
