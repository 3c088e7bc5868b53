import CGDAL
import RasterCore

/// The identifiers and names of features as bytes, to see whether their letters can be told.
struct FeatureTexts {
  private let naming: FeatureNaming
  private var numbers: Set<Int64> = []
  private var (ids, names): ([[UInt8]], [[UInt8]]) = ([], [])

  init(_ naming: FeatureNaming) { self.naming = naming }

  mutating func take(_ feature: OGRFeatureH) {
    unsafe numbers.insert(OGR_F_GetFID(feature))
    func add(_ field: Int32?, to texts: inout [[UInt8]]) {
      guard let field else { return }
      let bytes = unsafe LayerText.bytes(of: field, in: feature)
      if bytes.contains(where: { $0 > 127 }) { texts.append(bytes) }
    }
    add(naming.idField, to: &ids)
    add(naming.nameField, to: &names)
  }

  /// - Returns: what may be read wrongly.
  /// - Throws: `.input`, slug `text-encoding`, for identifiers that cannot be read.
  func doubts(_ text: LayerText, at location: String) throws(HabitatError) -> [HabitatWarning] {
    let idFault = text.fault(inField: naming.idField, texts: ids, features: numbers)
    if let idFault, idFault.isUndecodable {
      throw HabitatError(
        .input, "text-encoding", "identifiers of parks cannot be read: \(idFault.what)",
        at: location, fix: idFault.fix)
    }
    let nameFault = text.fault(inField: naming.nameField, texts: names, features: numbers)
    for (fault, thing) in [(idFault, "identifiers"), (nameFault, "names")] {
      guard let fault else { continue }
      return [
        HabitatWarning(
          "text-encoding", "\(thing) of parks may be wrong: \(fault.what)", at: location,
          fix: fault.fix)
      ]
    }
    guard naming.hasUnreadableFields else { return [] }
    return [
      HabitatWarning(
        "text-encoding",
        "names of fields cannot be read: nothing says how their letters are stored", at: location,
        fix: LayerText.fix)
    ]
  }
}
