-- Claims an id for a registration of the seat that asks. If it is granted, an entry c (or k), and
-- after it one entry m for each signal that was held, is appended to the seat's own inbox.
--
-- Arguments: address
--            number     the registration, unique among all of this node's
--            way        n: by a session; f: by a session, for a take-over only; k: by the node, for
--                       a session that had the id before a new epoch
--            dialect    what the session speaks
--            token      "=" and the token; empty for none
-- Result:    G  granted
--            T  somebody else owns it
--            N  nobody owns it, but the claim was for a take-over only

-- Moves what is held for the id to the inbox. If that ends the seat, the rest goes where the inbox
-- has gone, to be given back.
local function collect(address, number)
  local box = call('HGETALL', KEY.mail .. address)
  if #box == 0 then
    return
  end
  call('DEL', KEY.mail .. address)
  local mails = {}
  for i = 1, #box, 2 do
    local field = box[i]
    local mark = string.sub(field, 1, 1)
    if mark == '#' then
      mails[#mails + 1] = {tonumber(string.sub(field, 2)), box[i + 1]}
    elseif mark == '@' then
      call('ZREM', KEY.due, bundle_of(string.sub(field, 2), address))
    end
  end
  table.sort(mails, function(one, other) return one[1] < other[1] end)
  for _, mail in ipairs(mails) do
    local weight, envelope = weight_and_envelope(mail[2])
    give_back(sender_of(envelope), 1, weight)
    if not append(SEAT, 'm ' .. number, envelope) then
      call('XADD', KEY.grave .. SEAT, '*', 't', 'm ' .. number, 'b', envelope)
    end
  end
end

operation('claim', 5, function(address, number, way, dialect, token)
  local owner = call('HMGET', KEY.peer .. address, 'n', 's', 'k')
  local seat = owner[1]
  local own = seat and owner[2] == number and node_of(seat) == node_of(SEAT)
  local took_over = 0
  if seat and not own and not is_alive(seat) then
    vacate(address, seat)
    seat = false
  end
  if own then
    if seat ~= SEAT then
      call('SREM', KEY.peers .. seat, address)
    end
  elseif seat then
    if token == '' or owner[3] ~= token then
      return 'T'
    end
    append(seat, 'x ' .. owner[2])
    call('SREM', KEY.peers .. seat, address)
    took_over = 1
  elseif way == 'f' then
    return 'N'
  else
    local realm, id = realm_and_id(address)
    call('ZADD', KEY.realm .. realm, whole(call('INCR', KEY.arrivals)), id)
  end
  call('HSET', KEY.peer .. address, 'n', SEAT, 's', number, 'd', dialect, 'k', token)
  call('SADD', KEY.peers .. SEAT, address)
  local mails = call('HGET', KEY.mail .. address, 'c') or 0
  if way == 'k' then
    append(SEAT, 'k ' .. number .. ' ' .. mails)
  else
    append(SEAT, 'c ' .. number .. ' ' .. took_over .. ' ' .. mails)
  end
  if mails ~= 0 then
    collect(address, number)
  end
  return 'G'
end)
