import CGDAL

/// Passes `strings` to `body` as GDAL's NULL-terminated list, which lives as long as the call.
func withStringList<Value: ~Copyable>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Value
) -> Value {
  var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = nil
  for string in strings { unsafe list = CSLAddString(list, string) }
  defer { unsafe CSLDestroy(list) }
  return unsafe body(list)
}

/// The same list for the functions that declare it constant.
func constantList(
  _ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> UnsafePointer<UnsafePointer<CChar>?>? {
  unsafe UnsafeRawPointer(list)?.assumingMemoryBound(to: UnsafePointer<CChar>?.self)
}

/// The strings of a GDAL list, which stays GDAL's.
func strings(of list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> [String] {
  guard let list = unsafe list else { return [] }
  var strings: [String] = []
  var index = 0
  while let string = unsafe list[index] {
    unsafe strings.append(String(cString: string))
    index += 1
  }
  return strings
}

/// The members of a GDAL list of `KEY=VALUE`, which stays GDAL's.
func metadataMembers(
  _ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> [String: String] {
  var members: [String: String] = [:]
  for item in unsafe strings(of: list) {
    let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    members[String(parts[0])] = parts.count == 2 ? String(parts[1]) : ""
  }
  return members
}
