-- The empty rooms of a realm, by deadline. Reads only.
--
-- Arguments: prefix     the common prefix of the names of the realm's rooms
--            most       the most rooms
--            looks      the most deadlines to examine
-- Result:    for each, with a blank between all words: the name of its record and what is due

operation('oldest', 3, function(prefix, most, looks)
  most, looks = tonumber(most), tonumber(looks)
  local result, at = {}, 0
  while at < looks do
    local names = call('ZRANGE', KEY.groupdue, at, at + 99)
    for _, name in ipairs(names) do
      if string.sub(name, 1, #prefix) == prefix then
        local what = call('HGET', KEY.group .. name, 'd')
        if what and string.find(what, '^%d+$') then
          result[#result + 1] = name
          result[#result + 1] = what
        end
        if #result >= 2 * most then
          return table.concat(result, ' ')
        end
      end
    end
    if #names < 100 then
      break
    end
    at = at + 100
  end
  return table.concat(result, ' ')
end)
