-- Users of groups whose seat is over.
--
-- Arguments: most       how many at most
-- Result:    empty if there are none; else, after a tab each, a seat and addresses of users of it

operation('orphans', 1, function(most)
  local seat = some_grave()
  local users = {}
  for _, user in ipairs(seat and call('SRANDMEMBER', KEY.users .. seat, most) or {}) do
    if string.find(user, '/', 1, true) and not string.find(user, '%c') then
      users[#users + 1] = user
    else
      call('SREM', KEY.users .. seat, user)
      set_aside('users')
    end
  end
  return #users > 0 and seat .. '\t' .. table.concat(users, '\t') or ''
end)
