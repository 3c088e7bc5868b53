import CGDAL
import Foundation
import RemoteFiles

/// Puts the files of `RemoteSources` into GDAL's file systems: whatever opens a path reads ranges of them.
///
/// A file has neighbours that GDAL would ask for by name (metadata, masks, overviews, statistics); of one on a server
/// there are none, and nothing is asked. Folders are not listed.
enum RemoteFileSystem {
  /// An open file with the place of its next byte.
  private final class Handle {
    let source: RemoteSource
    let byteCount: Int
    var place = 0
    var isAtEnd = false

    init(_ source: RemoteSource, byteCount: Int) {
      (self.source, self.byteCount) = (source, byteCount)
    }
  }

  /// - Parameter system: its paths are read so from now on, those of GDAL's own among them.
  static func install(_ system: RemoteSources.System) {
    guard let callbacks = unsafe VSIAllocFilesystemPluginCallbacksStruct() else { return }
    defer { unsafe VSIFreeFilesystemPluginCallbacksStruct(callbacks) }
    unsafe callbacks.pointee.pUserData = UnsafeMutableRawPointer(bitPattern: system.rawValue)
    unsafe callbacks.pointee.open = { data, name, access in
      guard let access = unsafe access, unsafe access.pointee == UInt8(ascii: "r"),
        unsafe strchr(access, Int32(UInt8(ascii: "+"))) == nil,
        let source = unsafe RemoteFileSystem.source(data, name),
        let version = RemoteFileSystem.version(of: source)
      else {
        habitat_no_such_file()
        return nil
      }
      let handle = Handle(source, byteCount: version.byteCount)
      return unsafe Unmanaged.passRetained(handle).toOpaque()
    }
    unsafe callbacks.pointee.stat = { data, name, status, _ in
      guard let source = unsafe RemoteFileSystem.source(data, name),
        let version = RemoteFileSystem.version(of: source)
      else { return -1 }
      unsafe habitat_describe_file(UnsafeMutableRawPointer(status), UInt64(version.byteCount))
      return 0
    }
    // An empty list: nothing lies beside the file.
    unsafe callbacks.pointee.sibling_files = { _, _ in unsafe habitat_empty_list() }
    unsafe setReading(in: callbacks)
    // GDAL keeps the address of the prefix and no copy, so it must be one of the program's own text.
    let address = unsafe UnsafeRawPointer(system.prefix.utf8Start)
      .assumingMemoryBound(to: CChar.self)
    unsafe _ = VSIInstallPluginHandler(address, callbacks)
  }

  private static func setReading(
    in callbacks: UnsafeMutablePointer<VSIFilesystemPluginCallbacksStruct>
  ) {
    unsafe callbacks.pointee.tell = { file in
      unsafe vsi_l_offset(RemoteFileSystem.handle(file).place)
    }
    unsafe callbacks.pointee.seek = { file, offset, origin in
      let handle = unsafe RemoteFileSystem.handle(file)
      guard let offset = Int(exactly: offset) else { return -1 }
      let start =
        switch origin {
        case SEEK_CUR: handle.place
        case SEEK_END: handle.byteCount
        default: 0
        }
      let (place, isTooFar) = start.addingReportingOverflow(offset)
      guard !isTooFar else { return -1 }
      (handle.place, handle.isAtEnd) = (place, false)
      return 0
    }
    unsafe callbacks.pointee.read = { file, buffer, size, count in
      unsafe RemoteFileSystem.read(RemoteFileSystem.handle(file), buffer, size, count)
    }
    unsafe callbacks.pointee.eof = { file in
      unsafe RemoteFileSystem.handle(file).isAtEnd ? 1 : 0
    }
    unsafe callbacks.pointee.close = { file in
      if let file = unsafe file { unsafe Unmanaged<Handle>.fromOpaque(file).release() }
      return 0
    }
  }

  private static func handle(_ file: UnsafeMutableRawPointer?) -> Handle {
    guard let file = unsafe file else { preconditionFailure("GDAL reads files that it has opened") }
    return unsafe Unmanaged<Handle>.fromOpaque(file).takeUnretainedValue()
  }

  private static func source(
    _ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?
  ) -> RemoteSource? {
    guard let name = unsafe name,
      let system = RemoteSources.System(rawValue: Int(bitPattern: data)),
      let address = unsafe system.address(of: String(cString: name)),
      RemoteSources.isPermitted(address)
    else { return nil }
    return RemoteSources.source(at: address)
  }

  private static func version(of source: RemoteSource) -> RemoteVersion? {
    do throws(RemoteFailure) {
      return try source.version()
    } catch {
      RemoteSources.note(error, of: source)
      return nil
    }
  }

  /// - Returns: the number of whole items; fewer at the end of the file, and where reading fails, which is not its end.
  private static func read(
    _ handle: Handle, _ buffer: UnsafeMutableRawPointer?, _ size: Int, _ count: Int
  ) -> Int {
    let (wanted, isTooMuch) = size.multipliedReportingOverflow(by: count)
    guard wanted > 0, !isTooMuch, let buffer = unsafe buffer else { return 0 }
    let end = min(handle.byteCount, handle.place.addingReportingOverflow(wanted).partialValue)
    guard end > handle.place else {
      handle.isAtEnd = true
      return 0
    }
    do throws(RemoteFailure) {
      let bytes = try handle.source.bytes(in: handle.place..<end)
      unsafe bytes.withUnsafeBytes { bytes in
        if let start = bytes.baseAddress {
          unsafe buffer.copyMemory(from: start, byteCount: bytes.count)
        }
      }
      handle.place += bytes.count
      handle.isAtEnd = bytes.count < wanted
      return bytes.count / size
    } catch {
      RemoteSources.note(error, of: handle.source)
      return 0
    }
  }
}
