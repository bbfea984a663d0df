-- Puts a ban, or lifts one. What was lifted or has expired is kept for an hour, so that every node
-- that polls learns of it; see bans.lua.
--
-- Arguments: subject    whom it is about; never parsed here
--            ends       when it ends, in milliseconds since 1970; 0 to lift it now
--            reason     why
--            most       the most bans
-- Result:    empty; F if there are too many; M if Redis is out of memory

local HOUR_MILLIS = 3600000

-- Removes those of the named bans that ended long ago.
local function purge(subjects)
  for _, subject in ipairs(subjects) do
    local ends = string.match(call('HGET', KEY.banned, subject) or '', '^%d+')
    if number_of(ends) + HOUR_MILLIS < clock() then
      call('ZREM', KEY.bans, subject)
      call('HDEL', KEY.banned, subject)
    end
  end
end

operation('ban', 4, function(subject, ends, reason, most)
  local known = call('HEXISTS', KEY.banned, subject) == 1
  if ends == '0' then
    if not known then
      return ''
    end
    ends = whole(clock())
  elseif memory_is_out then
    return 'M'
  elseif not known then
    purge(call('ZRANGE', KEY.bans, 0, 9))
    if call('ZCARD', KEY.bans) >= tonumber(most) then
      purge(call('ZRANGE', KEY.bans, 0, -1))
      if call('ZCARD', KEY.bans) >= tonumber(most) then
        return 'F'
      end
    end
  end
  call('HSET', KEY.banned, subject, ends .. ' ' .. reason)
  call('ZADD', KEY.bans, count_up(KEY.bansversion), subject)
  local keep = number_of(ends) + HOUR_MILLIS - clock()
  for _, key in ipairs({KEY.bans, KEY.banned}) do
    local left = call('PTTL', key)
    if left < keep then
      call('PEXPIRE', key, whole(keep))
    end
  end
  return ''
end)
