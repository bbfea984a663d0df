-- Claims an id for a registration of the calling epoch. A grant appends an entry c (or k) to the
-- epoch's own inbox, and after it one entry m for each held signal.
--
-- Arguments: address
--            number     the registration, unique among all of this node's
--            way        n: by a session; f: by a session, for a take-over only; k: by a rejoining
--                       node, for a session that owned the id before; r: like k, when Redis may
--                       have lost writes since
--            dialect    the dialect of the session
--            token      "=" and the token; empty for none
-- Result:    G  granted
--            T  another session owns it, or it is held for another token
--            N  it has no owner, but the claim was for a take-over only
--            M  it has no owner, and Redis is out of memory

-- Removes and returns what is held for the id: weight and envelope of each signal, in order.
local function collect(address)
  local mails = {}
  local box = call('HGETALL', KEY.mail .. address)
  if #box == 0 then
    return mails
  end
  call('DEL', KEY.mail .. address)
  for i = 1, #box, 2 do
    local field = box[i]
    local mark = string.sub(field, 1, 1)
    if mark == '#' then
      local weight, envelope = weight_and_envelope(box[i + 1])
      if envelope then
        mails[#mails + 1] = {number_of(string.sub(field, 2)), weight, envelope}
      else
        set_aside('mail')
      end
    elseif mark == '@' then
      call('ZREM', KEY.due, bundle_of(string.sub(field, 2), address))
    end
  end
  table.sort(mails, function(one, other) return one[1] < other[1] end)
  return mails
end

-- Appends held signals to the inbox. If that ends the epoch, the rest follows the inbox into its
-- tombstone, to be refused.
local function hand_over(mails, number)
  for _, mail in ipairs(mails) do
    local weight, envelope = mail[2], mail[3]
    give_back(sender_of(envelope), 1, weight)
    if not append(EPOCH, 'm ' .. number, envelope) then
      call('XADD', KEY.grave .. EPOCH, '*', 't', 'm ' .. number, 'b', envelope)
    end
  end
end

operation('claim', 5, function(address, number, way, dialect, token)
  local owner = call('HMGET', KEY.peer .. address, 'n', 's', 'k')
  local epoch = owner[1]
  local again = way == 'k' or way == 'r'
  local own = epoch and owner[2] == number and node_of(epoch) == node_of(EPOCH)
  local took_over = 0
  if epoch and not own and not is_alive(epoch) then
    lose(address, epoch, owner[3])
    epoch = false
  end
  if not epoch and is_held_from(address, token) then
    return 'T'
  end
  if own then
    if epoch ~= EPOCH then
      call('SREM', KEY.peers .. epoch, address)
    end
  elseif epoch then
    -- The node was fenced: the present owner claimed the id later, even if its token is the same.
    if way == 'k' or token == '' or owner[3] ~= token then
      return 'T'
    end
    append(epoch, 'x ' .. (owner[2] or 0))
    call('SREM', KEY.peers .. epoch, address)
    took_over = 1
  elseif way == 'f' then
    return 'N'
  elseif memory_is_out and not again then
    return 'M'
  else
    local realm, id = realm_and_id(address)
    call('ZADD', KEY.realm .. realm, count_up(KEY.arrivals), id)
  end
  call('DEL', KEY.hold .. address)
  call('HSET', KEY.peer .. address, 'n', EPOCH, 's', number, 'd', dialect, 'k', token)
  call('SADD', KEY.peers .. EPOCH, address)
  local mails = collect(address)
  if again then
    append(EPOCH, 'k ' .. number .. ' ' .. #mails)
  else
    append(EPOCH, 'c ' .. number .. ' ' .. took_over .. ' ' .. #mails)
  end
  hand_over(mails, number)
  return 'G'
end)
