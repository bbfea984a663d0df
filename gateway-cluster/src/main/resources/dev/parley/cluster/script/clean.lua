-- Cleans up after a seat that is over, a bit at a time: signals that nobody has read are given back,
-- and so are those that were on their way back to a sender; its peers are gone; what they watched is
-- watched no longer. Users of groups are cleaned by nodes, see orphans.lua; the seat is there until
-- they are gone, too.
--
-- Arguments: most       how much to do at most
-- Result:    how many seats are still to be cleaned; then, after a blank each, how much was done,
--            and the labels of the signals that were given back

-- Gives an entry back, if it is a signal; false if that has to wait.
local function return_entry(entry, result)
  local t, envelope = entry[2][2], entry[2][4]
  local kind = string.sub(t, 1, 1)
  local cause = string.match(t, '^u %d+ (%u[%u_]*)$')
  if not string.find('smu', kind, 1, true) then
    return true
  elseif not envelope or kind == 'u' and not cause then
    set_aside('grave')
    return true
  elseif kind ~= 'u' then
    if not tell_sender(envelope, 'GONE') then
      return false
    end
    result[#result + 1] = label_of(envelope)
    return true
  end
  return tell_sender(envelope, cause)
end

operation('clean', 1, function(most)
  local result = {0, 0}
  local seat = some_grave()
  if seat then
    local left = tonumber(most)
    local grave = KEY.grave .. seat
    for _, entry in ipairs(call('XRANGE', grave, '-', '+', 'COUNT', left)) do
      if not return_entry(entry, result) then
        break
      end
      call('XDEL', grave, entry[1])
      left = left - 1
    end
    if left > 0 then
      for _, address in ipairs(call('SPOP', KEY.peers .. seat, left)) do
        local owner = call('HMGET', KEY.peer .. address, 'n', 'k')
        if owner[1] == seat then
          lose(address, seat, owner[2])
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
    if left > 0 and call('XLEN', grave) == 0 and call('EXISTS', KEY.users .. seat) == 0 then
      call('DEL', grave)
      call('ZREM', KEY.graves, seat)
      left = left - 1
    end
    result[2] = tonumber(most) - left
  end
  result[1] = call('ZCARD', KEY.graves)
  return table.concat(result, ' ')
end)
