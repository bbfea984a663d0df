-- Says that the seat that asks is alive, and when the others have last said so.
--
-- Arguments: none
-- Result:    after a blank each: the time in milliseconds; how many seats that are over are still to
--            be cleaned; <seat>=<time in milliseconds> for each seat, this one included

operation('refresh', 0, function()
  if call('TYPE', KEY.inbox .. SEAT).ok ~= 'stream' then
    lost = 'inbox'
  end
  call('ZADD', KEY.nodes, whole(clock()), SEAT)
  local result = {whole(clock()), call('ZCARD', KEY.graves)}
  local nodes = call('ZRANGE', KEY.nodes, 0, -1, 'WITHSCORES')
  for i = 1, #nodes, 2 do
    if is_seat(nodes[i]) then
      result[#result + 1] = nodes[i] .. '=' .. nodes[i + 1]
    else
      call('ZREM', KEY.nodes, nodes[i])
      set_aside('nodes')
    end
  end
  return table.concat(result, ' ')
end)
