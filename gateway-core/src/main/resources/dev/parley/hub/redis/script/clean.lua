-- Cleans up after a seat that is over, a bit at a time: signals that nobody has read are given back,
-- then its peers are gone, then what they watched is watched no longer. Users of groups are cleaned
-- by nodes, see orphans.lua; the seat is there until they are gone, too.
--
-- Arguments: most       how much to do at most
-- Result:    how many seats are still to be cleaned; then, after a blank each, how much was done,
--            and the labels of the signals that were given back

operation('clean', 1, function(most)
  local result = {0, 0}
  local seat = call('SRANDMEMBER', KEY.graves)
  if seat then
    local left = tonumber(most)
    for _, entry in ipairs(call('XRANGE', KEY.grave .. seat, '-', '+', 'COUNT', left)) do
      local kind, envelope = string.sub(entry[2][2], 1, 1), entry[2][4]
      if kind == 's' or kind == 'm' then
        tell_sender(envelope, 'GONE')
        result[#result + 1] = label_of(envelope)
      end
      call('XDEL', KEY.grave .. seat, entry[1])
      left = left - 1
    end
    if left > 0 then
      for _, address in ipairs(call('SPOP', KEY.peers .. seat, left)) do
        if call('HGET', KEY.peer .. address, 'n') == seat then
          vacate(address, seat)
        end
        left = left - 1
      end
    end
    if left > 0 then
      for _, address in ipairs(call('SPOP', KEY.watching .. seat, left)) do
        call('SREM', KEY.watch .. address, seat)
        left = left - 1
      end
    end
    if left > 0 and call('EXISTS', KEY.users .. seat) == 0 then
      call('DEL', KEY.grave .. seat)
      call('SREM', KEY.graves, seat)
      left = left - 1
    end
    result[2] = tonumber(most) - left
  end
  result[1] = call('SCARD', KEY.graves)
  return table.concat(result, ' ')
end)
