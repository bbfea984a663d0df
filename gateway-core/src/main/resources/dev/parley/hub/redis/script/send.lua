-- Sends a signal: to the inbox of its recipient's node, or into a mailbox, or nowhere.
--
-- Arguments: to         the recipient's address
--            hold       how many milliseconds it may wait for a recipient that is not there; 0: none
--            weight     how many bytes it counts for in a mailbox
--            envelope   the signal
-- Result:    D  it is in another node's inbox
--            O  it is in the inbox of the seat that asks
--            H  it is held
--            A  nobody is there
--            F  the inbox or a mailbox is at its bound

-- A mailbox is a hash: c signals, y bytes, n the last number given, #<number> what is kept of a
-- signal, @<sender> the numbers of that sender's signals.
local function hold(to, time, weight, envelope)
  local sender = sender_of(envelope)
  local box = KEY.mail .. to
  local has = call('HMGET', box, 'c', 'y', 'n', '@' .. sender)
  local signals, bytes = tonumber(has[1] or 0), tonumber(has[2] or 0)
  local account = call('HMGET', KEY.sender .. sender, 'c', 'y')
  local in_all = tonumber(call('GET', KEY.held) or 0)
  if signals >= LIMIT.signalsPerPeer or bytes + weight > LIMIT.bytesPerPeer
      or tonumber(account[1] or 0) >= LIMIT.signalsPerSender
      or tonumber(account[2] or 0) + weight > LIMIT.bytesPerSender
      or in_all + weight > LIMIT.bytesInAll then
    return 'F'
  end
  local number = tonumber(has[3] or 0) + 1
  local numbers = has[4] and has[4] .. ',' .. number or number
  call('HSET', box, 'c', signals + 1, 'y', bytes + weight, 'n', number,
    '#' .. number, weight .. ' ' .. envelope, '@' .. sender, numbers)
  call('HINCRBY', KEY.sender .. sender, 'c', 1)
  call('HINCRBY', KEY.sender .. sender, 'y', weight)
  call('INCRBY', KEY.held, weight)
  if not has[4] then
    call('ZADD', KEY.due, whole(clock() + time), bundle_of(sender, to))
  end
  return 'H'
end

operation('send', 4, function(to, time, weight, envelope)
  local owner = call('HMGET', KEY.peer .. to, 'n', 's')
  local seat = owner[1]
  if seat then
    local room = room_of(seat)
    if room.entries >= LIMIT.inboxEntries or room.bytes + #envelope > LIMIT.inboxBytes then
      return 'F'
    end
    if put(seat, room, 's ' .. owner[2], envelope) then
      return seat == SEAT and 'O' or 'D'
    end
    -- The seat is over. Its node may be about to claim the id again: nobody has departed yet.
  end
  if time == '0' then
    return 'A'
  end
  return hold(to, tonumber(time), tonumber(weight), envelope)
end)
