-- Records of groups whose deadline has passed. Each is put off, in case who asks dies before it has
-- done what is due, which clears the deadline.
--
-- Arguments: most       how many at most
--            again      in how many milliseconds they are given out again
-- Result:    in how many milliseconds the next deadline is, "-" if there is none; then, after a blank
--            each, the name of a record and what is due

operation('ripe', 2, function(most, again)
  local result = {''}
  for _, name in ipairs(call('ZRANGEBYSCORE', KEY.groupdue, '-inf', whole(clock()), 'LIMIT', 0, most)) do
    local what = call('HGET', KEY.group .. name, 'd')
    if what and string.find(what, '^[^%s%c]+$') and string.find(name, '^[^%s%c]+$') then
      call('ZADD', KEY.groupdue, whole(clock() + tonumber(again)), name)
      result[#result + 1] = name
      result[#result + 1] = what
    else
      call('ZREM', KEY.groupdue, name)
      set_aside('groupdue')
    end
  end
  local next = call('ZRANGE', KEY.groupdue, 0, 0, 'WITHSCORES')
  result[1] = next[2] and millis_until(next[2]) or '-'
  return table.concat(result, ' ')
end)
