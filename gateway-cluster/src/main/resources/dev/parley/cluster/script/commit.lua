-- Commits a command of groups: if nothing that was read has changed, applies all changes and
-- appends all events; else does nothing.
--
-- Arguments, as many as there are:
--   realm
--   user       in whose name, as the last part of its record's name; "" for none
--   address    the user's address; "" for none
--   standing   the precondition: c the requester owns the user; a it owns the id, and becomes the
--              owner of the user; d it owns the user, which is deleted; o like d, but for any owner
--              in the epoch; - none
--   who        a: the registration; c, d: "<epoch> <registration>"; o: the epoch; else ""
--   command    its number, which correlates the answer; "" for no answer
--   a count of records that were read, and for each: name, version ("*" for any)
--   a count of fields to set, and for each: record, field, content
--   a count of fields to remove, and for each: record, field
--   a count of counters to change, and for each: index of its record among those read (1, 2 …),
--     field, difference, upper limit
--   a count of deadlines, and for each: record, s to set (then in how many milliseconds, what is
--     due), c to clear, x to clear if it is this one (then what is due)
--   a count of effects, in order, and for each: r to answer the command, t to send an event to
--     users (then a count, that many users as above, the event)
-- Result:  "K <version>"   committed; the version is that of every changed record
--          "N"             the precondition does not hold; the command is answered
--          "M"             it needs memory, and Redis has none; the command is answered
--          "C <JSON>"      version conflict: an array of arrays, each the index of a changed record
--                          among those read, then the record as in load.lua, or nothing more when
--                          the results are big enough without it

local function may_do(precondition, who, user_key, address)
  if precondition == '-' then
    return true
  elseif precondition == 'a' then
    local owner = call('HMGET', KEY.peer .. address, 'n', 's')
    return owner[1] == EPOCH and owner[2] == who
  end
  local owner = call('HGET', user_key, 'o')
  if precondition == 'o' then
    return owner and string.sub(owner, 1, #who + 1) == who .. ' '
  end
  return owner == who
end

-- About the overhead of a field, in bytes.
local FIELD = 64

-- Whether a command needs more memory than it frees, deadlines and events aside. Not asked of users
-- who leave: that is what frees memory.
local function grows(precondition, sets, removals)
  if precondition ~= 'a' and precondition ~= 'c' then
    return false
  end
  local bytes = 0
  local function weigh(record, field, content)
    local now = call('HSTRLEN', KEY.group .. record, field)
    bytes = bytes - (now > 0 and FIELD + #field + now or 0)
      + (content and FIELD + #field + #content or 0)
  end
  for _, set in ipairs(sets) do
    weigh(set[1], set[2], set[3])
  end
  for _, removal in ipairs(removals) do
    weigh(removal[1], removal[2])
  end
  return bytes > 0
end

-- Appends an event for users, one entry for each epoch.
local function tell(users, users_prefix, event)
  local epochs, words_of = {}, {}
  for _, user in ipairs(users) do
    local owner = call('HGET', users_prefix .. user, 'o')
    local blank = owner and string.find(owner, ' ', 1, true)
    if blank then
      local epoch = string.sub(owner, 1, blank - 1)
      local words = words_of[epoch]
      if not words then
        words = {'g'}
        words_of[epoch] = words
        epochs[#epochs + 1] = epoch
      end
      words[#words + 1] = string.sub(owner, blank + 1)
    end
  end
  for _, epoch in ipairs(epochs) do
    append(epoch, table.concat(words_of[epoch], ' '), event)
  end
end

operation('commit', nil, function(first, last)
  local at = first - 1
  local function word()
    at = at + 1
    return ARGV[at]
  end
  local function each(run)
    for i = 1, tonumber(word()) do
      run(i)
    end
  end

  local realm, user, address, precondition, who, command =
    word(), word(), word(), word(), word(), word()
  local users_prefix = KEY.group .. realm .. '/USER/'
  local user_key = users_prefix .. user

  if not may_do(precondition, who, user_key, address) then
    if precondition == 'o' then
      call('SREM', KEY.users .. who, address)
    end
    if command ~= '' then
      append(EPOCH, 'r ' .. command .. ' n')
    end
    return 'N'
  end

  -- Up to here it only reads.
  local names, stale = {}, {}
  local function is_stale(i)
    local fresh = record_if_short(names[i]) or {}
    table.insert(fresh, 1, whole(i))
    stale[#stale + 1] = fresh
  end
  each(function(i)
    names[i] = word()
    local version = word()
    if version ~= '*' and (call('HGET', KEY.group .. names[i], 'v') or '0') ~= version then
      is_stale(i)
    end
  end)
  local sets, removals, counts = {}, {}, {}
  each(function(i) sets[i] = {word(), word(), word()} end)
  each(function(i) removals[i] = {word(), word()} end)
  each(function()
    local i, field, by, most = tonumber(word()), word(), tonumber(word()), tonumber(word())
    local now = number_of(call('HGET', KEY.group .. names[i], field))
    if by > 0 and now + by > most then
      is_stale(i)
    else
      counts[#counts + 1] = {names[i], field, now + by}
    end
  end)
  if #stale > 0 then
    return 'C ' .. cjson.encode(stale)
  end

  if memory_is_out and grows(precondition, sets, removals) then
    if command ~= '' then
      append(EPOCH, 'r ' .. command .. ' f')
    end
    return 'M'
  end

  -- From here on it writes.
  local version = count_up(KEY.groupversion)
  local changed = {}
  for _, set in ipairs(sets) do
    call('HSET', KEY.group .. set[1], set[2], set[3])
    changed[set[1]] = true
  end
  for _, removal in ipairs(removals) do
    call('HDEL', KEY.group .. removal[1], removal[2])
    changed[removal[1]] = true
  end
  for _, count in ipairs(counts) do
    if count[3] == 0 then
      call('HDEL', KEY.group .. count[1], count[2])
    else
      call('HSET', KEY.group .. count[1], count[2], whole(count[3]))
    end
    changed[count[1]] = true
  end
  if precondition == 'a' and changed[realm .. '/USER/' .. user] then
    call('HSET', user_key, 'o', EPOCH .. ' ' .. who)
    call('SADD', KEY.users .. EPOCH, address)
  elseif precondition == 'd' or precondition == 'o' then
    local epoch = precondition == 'o' and who or string.match(who, '^%S*')
    call('HDEL', user_key, 'o')
    call('SREM', KEY.users .. epoch, address)
    changed[realm .. '/USER/' .. user] = true
  end
  each(function()
    local name, kind = word(), word()
    if kind == 's' then
      call('ZADD', KEY.groupdue, whole(clock() + tonumber(word())), name)
      call('HSET', KEY.group .. name, 'd', word())
      changed[name] = true
    elseif kind == 'c' or call('HGET', KEY.group .. name, 'd') == word() then
      call('ZREM', KEY.groupdue, name)
      call('HDEL', KEY.group .. name, 'd')
    end
  end)
  for name in pairs(changed) do
    local key = KEY.group .. name
    call('HSET', key, 'v', version)
    if call('HLEN', key) == 1 + call('HEXISTS', key, 'd') then
      call('DEL', key)
      call('ZREM', KEY.groupdue, name)
    end
  end
  each(function()
    if word() == 'r' then
      append(EPOCH, 'r ' .. command)
    else
      local users = {}
      each(function(i) users[i] = word() end)
      tell(users, users_prefix, word())
    end
  end)
  return 'K ' .. version
end)
