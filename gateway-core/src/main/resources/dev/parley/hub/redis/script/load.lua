-- Reads records of groups.
--
-- Arguments: their names, as many as there are
-- Result:    a JSON array of records, each an array: version ("0" if it does not exist), owner ("" if
--            it has none), then name and content of each field

operation('load', nil, function(first, last)
  local records = {}
  for i = first, last do
    records[#records + 1] = record(ARGV[i])
  end
  return cjson.encode(records)
end)
