-- Users of groups whose seat is over.
--
-- Arguments: most       how many at most
-- Result:    empty if there are none; else, after a tab each, a seat and addresses of users of it

operation('orphans', 1, function(most)
  for _, seat in ipairs(call('SMEMBERS', KEY.graves)) do
    local users = call('SRANDMEMBER', KEY.users .. seat, most)
    if #users > 0 then
      return seat .. '\t' .. table.concat(users, '\t')
    end
  end
  return ''
end)
