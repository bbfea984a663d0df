-- Cleans up a tombstone, a few items at a time: refuses unread signals, and passes on refusals that
-- were on their way to a sender; releases the ids of the epoch, and ends its watches. Nodes depart
-- its users of groups, see abandoned.lua; the tombstone stays until they are gone, too.
--
-- Arguments: most       the most items
-- Result:    how many tombstones remain; then, after a blank each, how many items were processed,
--            and the labels of the refused signals

-- Refuses an entry, if it is a signal; false if that must be retried later.
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
  local epoch = some_tombstone()
  if epoch then
    local left = tonumber(most)
    local tombstone = KEY.grave .. epoch
    for _, entry in ipairs(call('XRANGE', tombstone, '-', '+', 'COUNT', left)) do
      if not return_entry(entry, result) then
        break
      end
      call('XDEL', tombstone, entry[1])
      left = left - 1
    end
    if left > 0 then
      for _, address in ipairs(call('SPOP', KEY.peers .. epoch, left)) do
        local owner = call('HMGET', KEY.peer .. address, 'n', 'k')
        if owner[1] == epoch then
          lose(address, epoch, owner[2])
        end
        left = left - 1
      end
    end
    if left > 0 then
      for _, address in ipairs(call('SPOP', KEY.watching .. epoch, left)) do
        call('SREM', KEY.watch .. address, epoch)
        left = left - 1
      end
    end
    if left > 0 and call('XLEN', tombstone) == 0 and call('EXISTS', KEY.users .. epoch) == 0 then
      call('DEL', tombstone)
      call('ZREM', KEY.graves, epoch)
      left = left - 1
    end
    result[2] = tonumber(most) - left
  end
  result[1] = call('ZCARD', KEY.graves)
  return table.concat(result, ' ')
end)
