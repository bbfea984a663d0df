-- A page of the peers of a realm, in order of arrival.
--
-- Arguments: realm
--            after      the arrival to resume behind; 0 for the first page
--            most       the page size
-- Result:    a JSON array: the arrival to resume behind ("" on the last page), then id and dialect
--            of each peer

operation('list', 3, function(realm, after, most)
  local found = call('ZRANGEBYSCORE', KEY.realm .. realm, '(' .. after, '+inf', 'WITHSCORES',
    'LIMIT', 0, most)
  local page = {''}
  for i = 1, #found, 2 do
    local peer = call('HMGET', KEY.peer .. realm .. '/' .. found[i], 'n', 'd')
    if peer[1] and is_alive(peer[1]) then
      page[#page + 1] = found[i]
      page[#page + 1] = peer[2] or ''
    end
  end
  if #found == 2 * tonumber(most) then
    page[1] = found[#found]
  end
  return cjson.encode(page)
end)
