-- A page of the bans that were put or lifted after a version, in that order.
--
-- Arguments: after      the version; 0 for all
--            most       the page size
-- Result:    a JSON array: the data set; the version to resume behind; 1 if there are more, else 0;
--            then of each ban whom it is about, when it ends, in milliseconds, and why

operation('bans', 2, function(after, most)
  local found = call('ZRANGEBYSCORE', KEY.bans, '(' .. after, '+inf', 'WITHSCORES',
    'LIMIT', 0, most)
  local page = {call('GET', KEY.dataset) or '', after, '0'}
  for i = 1, #found, 2 do
    local ends, reason =
      string.match(call('HGET', KEY.banned, found[i]) or '', '^(%d+) (.*)$')
    if ends then
      page[#page + 1] = found[i]
      page[#page + 1] = ends
      page[#page + 1] = reason
    else
      call('ZREM', KEY.bans, found[i])
      set_aside('banned')
    end
  end
  if #found > 0 then
    page[2] = found[#found]
    page[3] = #found == 2 * tonumber(most) and '1' or '0'
  end
  return cjson.encode(page)
end)
