-- Takes records of groups whose deadline has passed. Each deadline is postponed, in case the
-- calling node dies before it has run what is due, which clears the deadline.
--
-- Arguments: most       the most records
--            again      in how many milliseconds they are handed out again
-- Result:    the time to the next deadline in milliseconds, "-" if there is none; then, after a
--            blank each, the name of a record and what is due

operation('take_due', 2, function(most, again)
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
