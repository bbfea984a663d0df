-- Evicts an epoch, unless it has sent another heartbeat.
--
-- Arguments: seat       the epoch
--            stamp      its last heartbeat, as far as the evicting node knows; empty to end it in
--                       any case
-- Result:    1 if it is over, 0 if it has sent another heartbeat

operation('evict', 2, function(epoch, stamp)
  local last = call('ZSCORE', KEY.nodes, epoch)
  if last and (stamp == '' or last == stamp) then
    end_epoch(epoch, 0)
  end
  return (not last or ended[epoch]) and '1' or '0'
end)
