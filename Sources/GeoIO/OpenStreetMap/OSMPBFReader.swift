import CGDAL
import RasterCore

/// Reads OpenStreetMap PBF: blocks of compressed protocol buffers.
///
/// Source: the format's description, wiki.openstreetmap.org/wiki/PBF_Format, with its osmformat.proto.
struct OSMPBFReader: ~Copyable {
  /// What is known of a file once it has been read.
  struct Contents {
    /// Of each blob in turn, the kinds of its elements.
    fileprivate var kinds: [Set<OSMElement.Kind>] = []
    fileprivate var isKnown = false
  }

  private let stream: ByteStream
  private let wanted: Set<OSMElement.Kind>
  private let keys: OSMKeys
  private(set) var contents: Contents
  private var element = OSMElement()

  /// Bytes; the format allows no more.
  private static let mostOfHeader = 64 << 10
  private static let mostOfBlob = 32 << 20

  init(
    _ stream: consuming ByteStream, _ kinds: Set<OSMElement.Kind>, _ keys: OSMKeys,
    _ contents: Contents
  ) {
    self.stream = stream
    (wanted, self.keys, self.contents) = (kinds, keys, contents)
  }

  mutating func read(_ body: (borrowing OSMElement) -> Void) throws(OSMDamage) {
    var number = 0
    var (blob, block): ([UInt8], [UInt8]) = ([], [])
    while let (isData, size) = try nextHeader() {
      let isWanted = !contents.isKnown || !contents.kinds[number].isDisjoint(with: wanted)
      if isData, isWanted {
        blob.removeAll(keepingCapacity: true)
        guard stream.read(size, appendingTo: &blob) == size else { throw Self.cutShort }
        try Self.unpack(blob, into: &block)
        var kinds: Set<OSMElement.Kind> = []
        try readBlock(block, &kinds, body)
        if !contents.isKnown { contents.kinds.append(kinds) }
      } else {
        let next = stream.offset + size
        stream.seek(to: next)
        if !contents.isKnown { contents.kinds.append([]) }
      }
      number += 1
    }
    contents.isKnown = true
  }

  private static let cutShort = OSMDamage("the file ends within a block: it was cut short")

  /// The type and the bytes of the blob that follows; `nil` at the end of the file.
  private func nextHeader() throws(OSMDamage) -> (isData: Bool, size: Int)? {
    var bytes: [UInt8] = []
    let found = stream.read(4, appendingTo: &bytes)
    guard found > 0 else { return nil }
    guard found == 4 else { throw Self.cutShort }
    let length = bytes.reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.mostOfHeader else {
      throw OSMDamage("there is no block where one should begin")
    }
    bytes.removeAll(keepingCapacity: true)
    guard stream.read(length, appendingTo: &bytes) == length else { throw Self.cutShort }
    var (type, size) = ("", 0)
    var message = ProtobufMessage(bytes, 0..<bytes.count)
    while let field = try message.next() {
      switch field.number {
      case 1: type = String(decoding: bytes[field.range], as: UTF8.self)
      case 3: size = Int(truncatingIfNeeded: field.value)
      default: break
      }
    }
    guard 0...Self.mostOfBlob ~= size else { throw OSMDamage("a block is too large to be one") }
    return (type == "OSMData", size)
  }

  /// - Parameter block: what the blob holds.
  private static func unpack(_ blob: [UInt8], into block: inout [UInt8]) throws(OSMDamage) {
    var (packed, size): (Range<Int>?, Int) = (nil, 0)
    var message = ProtobufMessage(blob, 0..<blob.count)
    while let field = try message.next() {
      switch field.number {
      case 1:
        block = Array(blob[field.range])
        return
      case 2: size = Int(truncatingIfNeeded: field.value)
      case 3: packed = field.range
      case 4, 5, 6, 7:
        throw OSMDamage(
          "its blocks are compressed in a way that GDAL does not read: osmium cat -o OUT.osm.pbf writes "
            + "them anew")
      default: break
      }
    }
    guard let packed, 0...mostOfBlob ~= size else { throw OSMDamage("a block holds nothing") }
    if block.count != size { block = [UInt8](repeating: 0, count: size) }
    var count = 0
    let isWhole = unsafe blob.withUnsafeBytes { source in
      unsafe block.withUnsafeMutableBytes { target in
        unsafe CPLZLibInflate(
          source.baseAddress! + packed.lowerBound, packed.count, target.baseAddress, size, &count)
          != nil
      }
    }
    guard isWhole, count == size else {
      throw OSMDamage("a compressed block is damaged: its check sum does not match")
    }
  }

  // MARK: Blocks

  private mutating func readBlock(
    _ bytes: [UInt8], _ kinds: inout Set<OSMElement.Kind>, _ body: (borrowing OSMElement) -> Void
  ) throws(OSMDamage) {
    var (strings, groups): (Range<Int>?, [Range<Int>]) = (nil, [])
    var message = ProtobufMessage(bytes, 0..<bytes.count)
    while let field = try message.next() {
      if field.number == 1 { strings = field.range }
      if field.number == 2 { groups.append(field.range) }
    }
    var table: StringTable?
    for group in groups {
      var message = ProtobufMessage(bytes, group)
      while let field = try message.next() {
        let kind: OSMElement.Kind
        switch field.number {
        case 1, 2: kind = .node
        case 3: kind = .way
        case 4: kind = .relation
        default: continue
        }
        kinds.insert(kind)
        guard wanted.contains(kind) else { continue }
        if field.number == 2 {
          try readDenseNodes(bytes, field.range, body)
          continue
        }
        if table == nil { table = try StringTable(bytes, strings ?? 0..<0, keys) }
        element.begin(kind)
        try readElement(bytes, field.range, table!)
        body(element)
      }
    }
  }

  /// Tags of nodes are not read: nothing hangs on them that is worth the time.
  private mutating func readDenseNodes(
    _ bytes: [UInt8], _ range: Range<Int>, _ body: (borrowing OSMElement) -> Void
  ) throws(OSMDamage) {
    var message = ProtobufMessage(bytes, range)
    while let field = try message.next() {
      guard field.number == 1 else { continue }
      element.begin(.node)
      var numbers = ProtobufMessage(bytes, field.range)
      while !numbers.isAtEnd {
        element.id &+= try numbers.signedNumber()
        body(element)
      }
    }
  }

  private mutating func readElement(
    _ bytes: [UInt8], _ range: Range<Int>, _ table: StringTable
  ) throws(OSMDamage) {
    var fields: [Int: Range<Int>] = [:]
    var message = ProtobufMessage(bytes, range)
    while let field = try message.next() {
      if field.number == 1 {
        let value = Int64(bitPattern: field.value)
        element.id = element.kind == .node ? ProtobufMessage.signed(field.value) : value
      } else {
        fields[field.number] = field.range
      }
    }
    if let names = fields[2], let values = fields[3] {
      try readTags(bytes, names, values, table)
    }
    guard let numbers = fields[8] else { return }
    switch element.kind {
    case .node: break
    case .way:
      var (message, id) = (ProtobufMessage(bytes, numbers), Int64(0))
      while !message.isAtEnd {
        id &+= try message.signedNumber()
        element.nodes.append(id)
      }
    case .relation: try readMembers(bytes, numbers, fields[9], fields[10], table)
    }
  }

  private mutating func readTags(
    _ bytes: [UInt8], _ names: Range<Int>, _ values: Range<Int>, _ table: StringTable
  ) throws(OSMDamage) {
    var (names, values) = (ProtobufMessage(bytes, names), ProtobufMessage(bytes, values))
    while !names.isAtEnd {
      let (name, value) = (try names.number(), try values.number())
      if try !table.isIdle(name) { element.saysWhatItIs = true }
      guard try table.isWanted(name) else { continue }
      element.tags.append((try table.string(name, bytes), try table.string(value, bytes)))
    }
  }

  private mutating func readMembers(
    _ bytes: [UInt8], _ roles: Range<Int>, _ ids: Range<Int>?, _ types: Range<Int>?,
    _ table: StringTable
  ) throws(OSMDamage) {
    guard let ids, let types else {
      throw OSMDamage("a relation does not say what its members are")
    }
    var (names, differences) = (ProtobufMessage(bytes, roles), ProtobufMessage(bytes, ids))
    var (kinds, id) = (ProtobufMessage(bytes, types), Int64(0))
    while !names.isAtEnd {
      let role = try table.string(try names.number(), bytes)
      id &+= try differences.signedNumber()
      guard let kind = OSMElement.Kind(rawValue: UInt8(clamping: try kinds.number())) else {
        throw OSMDamage("relation \(element.id) has a member of an unknown type")
      }
      element.members.append(OSMElement.Member(kind: kind, id: id, role: role))
    }
  }
}
