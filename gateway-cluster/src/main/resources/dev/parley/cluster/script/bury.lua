-- Ends the seat of a node that has not been heard of, unless it has been heard of after all.
--
-- Arguments: seat
--            stamp      when it has last said that it is alive, as far as the node that asks knows;
--                       empty to end it whatever it has said
-- Result:    1 if it is over, 0 if it has been heard of

operation('bury', 2, function(seat, stamp)
  local last = call('ZSCORE', KEY.nodes, seat)
  if last and (stamp == '' or last == stamp) then
    end_seat(seat, 0)
  end
  return (not last or ended[seat]) and '1' or '0'
end)
