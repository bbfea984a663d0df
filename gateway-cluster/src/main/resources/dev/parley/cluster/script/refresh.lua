-- A heartbeat of the calling epoch, and a snapshot of all members.
--
-- Arguments: none
-- Result:    after a blank each: the time in milliseconds; how many tombstones are to be cleaned
--            up; <epoch>=<last heartbeat in milliseconds> for each epoch, this one included

operation('refresh', 0, function()
  if call('TYPE', KEY.inbox .. EPOCH).ok ~= 'stream' then
    lost = 'inbox'
  end
  call('ZADD', KEY.nodes, whole(clock()), EPOCH)
  local result = {whole(clock()), call('ZCARD', KEY.graves)}
  local nodes = call('ZRANGE', KEY.nodes, 0, -1, 'WITHSCORES')
  for i = 1, #nodes, 2 do
    if is_epoch(nodes[i]) then
      result[#result + 1] = nodes[i] .. '=' .. nodes[i + 1]
    else
      call('ZREM', KEY.nodes, nodes[i])
      set_aside('nodes')
    end
  end
  return table.concat(result, ' ')
end)
