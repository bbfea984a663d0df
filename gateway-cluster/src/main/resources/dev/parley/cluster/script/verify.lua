-- Verifies that entries of the calling epoch still exist, and restores missing ones: another client
-- may have deleted a single key.
--
-- Arguments, as many as there are, three for each entry:
--   p<number>  address  ""     the registration owns the id. If it does not, an entry l is appended
--                              to the epoch's inbox, behind others about the id
--   u<number>  address  name   the registration owns the user; name ends the name of its record
--   w          address  ""     the epoch watches the id
-- Result:    the number of missing entries

local function verify_peer(number, address)
  local owner = call('HMGET', KEY.peer .. address, 'n', 's')
  if owner[1] and not is_epoch(owner[1]) then
    set_aside('peer')
    call('DEL', KEY.peer .. address)
    owner = {}
  end
  if not owner[1] then
    append(EPOCH, 'l ' .. number)
    return 1
  elseif owner[1] ~= EPOCH or owner[2] ~= number then
    append(EPOCH, 'l ' .. number)
    return 0
  end
  local missing = call('SADD', KEY.peers .. EPOCH, address)
  local realm, id = realm_and_id(address)
  if not call('ZSCORE', KEY.realm .. realm, id) then
    call('ZADD', KEY.realm .. realm, count_up(KEY.arrivals), id)
    missing = 1
  end
  return missing
end

local function verify_user(number, address, name)
  local realm = realm_and_id(address)
  if call('HGET', KEY.group .. realm .. '/USER/' .. name, 'o') == EPOCH .. ' ' .. number then
    return call('SADD', KEY.users .. EPOCH, address)
  end
  return 0
end

local function verify_watch(address)
  if call('SISMEMBER', KEY.watch .. address, EPOCH) == 1 then
    return call('SADD', KEY.watching .. EPOCH, address)
  end
  local epoch = call('HGET', KEY.peer .. address, 'n')
  if not epoch or not is_alive(epoch) then
    -- Its departure may be in the inbox already; then this is redundant.
    append(EPOCH, 'a 0', address)
  elseif not memory_is_out then
    call('SADD', KEY.watch .. address, EPOCH)
    call('SADD', KEY.watching .. EPOCH, address)
    append(EPOCH, 'p 0', address)
    return 1
  end
  return 0
end

operation('verify', nil, function(first, last)
  local missing = 0
  for i = first, last, 3 do
    local kind, number = string.sub(ARGV[i], 1, 1), string.sub(ARGV[i], 2)
    if kind == 'p' then
      missing = missing + verify_peer(number, ARGV[i + 1])
    elseif kind == 'u' then
      missing = missing + verify_user(number, ARGV[i + 1], ARGV[i + 2])
    else
      missing = missing + verify_watch(ARGV[i + 1])
    end
  end
  return whole(missing)
end)
