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
    if what then
      call('ZADD', KEY.groupdue, whole(clock() + tonumber(again)), name)
      result[#result + 1] = name
      result[#result + 1] = what
    else
      call('ZREM', KEY.groupdue, name)
    end
  end
  local next = call('ZRANGE', KEY.groupdue, 0, 0, 'WITHSCORES')
  result[1] = next[2] and whole(math.max(0, next[2] - clock())) or '-'
  return table.concat(result, ' ')
end)
