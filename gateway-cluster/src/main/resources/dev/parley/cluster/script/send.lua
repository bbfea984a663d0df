-- Routes a signal: into the inbox of its recipient's node, or into a mailbox, or nowhere.
--
-- Arguments: to         the recipient's address
--            hold       how many milliseconds it may wait for an absent recipient; 0: none
--            weight     how many bytes it counts for in a mailbox
--            envelope   the signal
-- Result:    D  appended to another node's inbox
--            O  appended to the inbox of the calling epoch
--            H  held
--            A  the recipient is absent
--            F  the inbox or a mailbox is at its bound
--            M  it would have to be held, or to wait in an inbox, and Redis is out of memory

-- A mailbox without an entry in the list of deadlines expires by itself.
local function keep(key, time)
  local least = 2 * time + 60000
  if call('PTTL', key) < least then
    call('PEXPIRE', key, whole(least))
  end
end

-- A mailbox is a hash: c signals, y bytes, n the last number given, #<number> a held signal,
-- @<sender> the numbers of that sender's signals.
local function hold(to, time, weight, envelope)
  if memory_is_out then
    return 'M'
  end
  local sender = sender_of(envelope)
  local box = KEY.mail .. to
  local has = call('HMGET', box, 'c', 'y', 'n', '@' .. sender)
  local signals, bytes = number_of(has[1]), number_of(has[2])
  local account = call('HMGET', KEY.sender .. sender, 'c', 'y')
  local in_all = number_of(call('GET', KEY.held))
  if signals >= LIMIT.signalsPerPeer or bytes + weight > LIMIT.bytesPerPeer
      or number_of(account[1]) >= LIMIT.signalsPerSender
      or number_of(account[2]) + weight > LIMIT.bytesPerSender
      or in_all + weight > LIMIT.bytesInAll then
    return 'F'
  end
  local number = number_of(has[3]) + 1
  local numbers = has[4] and has[4] .. ',' .. number or number
  call('HSET', box, 'c', signals + 1, 'y', bytes + weight, 'n', number,
    '#' .. number, weight .. ' ' .. envelope, '@' .. sender, numbers)
  call('HINCRBY', KEY.sender .. sender, 'c', 1)
  call('HINCRBY', KEY.sender .. sender, 'y', weight)
  call('INCRBY', KEY.held, weight)
  keep(box, time)
  keep(KEY.sender .. sender, time)
  if not has[4] then
    call('ZADD', KEY.due, whole(clock() + time), bundle_of(sender, to))
  end
  return 'H'
end

-- The share of its inbox that a node may leave unread while Redis is out of memory: what is read at
-- once takes memory only for a moment.
local PART_WITHOUT_MEMORY = 64

operation('send', 4, function(to, time, weight, envelope)
  local owner = call('HMGET', KEY.peer .. to, 'n', 's')
  local epoch = owner[1]
  if epoch and owner[2] then
    local room = room_of(epoch)
    if memory_is_out and (room.entries >= LIMIT.inboxEntries / PART_WITHOUT_MEMORY
        or room.bytes + #envelope > LIMIT.inboxBytes / PART_WITHOUT_MEMORY) then
      return 'M'
    end
    if room.entries >= LIMIT.inboxEntries or room.bytes + #envelope > LIMIT.inboxBytes then
      return 'F'
    end
    if put(epoch, room, 's ' .. owner[2], envelope) then
      return epoch == EPOCH and 'O' or 'D'
    end
    -- The epoch is over. Its node may be about to claim the id again: no departure yet.
  end
  if time == '0' then
    return 'A'
  end
  return hold(to, tonumber(time), tonumber(weight), envelope)
end)
