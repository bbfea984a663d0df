-- Users of groups whose seat is over.
--
-- Arguments: most       how many at most
-- Result:    empty if there are none; else, after a tab each, a seat and addresses of users of it

operation('orphans', 1, function(most)
  local seat = some_grave()
  local users = seat and call('SRANDMEMBER', KEY.users .. seat, most) or {}
  return #users > 0 and seat .. '\t' .. table.concat(users, '\t') or ''
end)
