import CGDAL
import Foundation
import Synchronization

/// Whether GDAL may go to the network.
///
/// Rasters and vectors of some formats name others that they are made of, so that a file of a stranger could
/// make this machine fetch whatever it says. Nothing is fetched unless a path that the user names is
/// itself on the network.
public enum NetworkAccess {
  /// Off, but for paths that were allowed before.
  static func setUp() {
    forbidFiles()
    forbidRequests()
    closeStreams()
    for system in RemoteSources.System.allCases { RemoteFileSystem.install(system) }
    // Tables of a database that are files elsewhere.
    unsafe CPLSetConfigOption("OGR_SQLITE_STATIC_VIRTUAL_OGR", "NO")
  }

  /// File systems that ask no permission; whoever needs the network takes `/vsicurl/` and its like.
  private static let streams: [StaticString] = [
    "/vsicurl_streaming/", "/vsis3_streaming/", "/vsigs_streaming/", "/vsiaz_streaming/",
    "/vsioss_streaming/", "/vsiswift_streaming/",
  ]

  private static func closeStreams() {
    for prefix in streams {
      guard let callbacks = unsafe VSIAllocFilesystemPluginCallbacksStruct() else { continue }
      // GDAL calls it without a look whether it is there.
      unsafe callbacks.pointee.open = { _, _, _ in nil }
      // GDAL keeps the address of the prefix and no copy, so it must be one of the program's own text.
      let address = unsafe UnsafeRawPointer(prefix.utf8Start).assumingMemoryBound(to: CChar.self)
      unsafe _ = VSIInstallPluginHandler(address, callbacks)
      unsafe VSIFreeFilesystemPluginCallbacksStruct(callbacks)
    }
  }

  /// Files on the network: GDAL lets only one of this name through.
  private static func forbidFiles() {
    unsafe CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_FILENAME", "none")
  }

  /// Requests that drivers make themselves, for schemas and features; those of `HTTPTransport` go through.
  private static func forbidRequests() {
    unsafe CPLHTTPSetFetchCallback(
      { _, options, _, _, _, _, _ in
        unsafe habitat_is_permitted(options) != 0 ? nil : habitat_refused_request()
      }, nil)
  }

  /// Opens the network if one of the paths, all of them the user's own words, is on it.
  public static func allow(for paths: some Sequence<String>) {
    let remote = paths.filter { isRemote($0) }
    guard !remote.isEmpty else { return }
    GeospatialLibraries.ready
    RemoteSources.forgetFailures()
    // GDAL's client sets the handler of the process and puts it back, one thread over the other.
    _ = signal(SIGPIPE, SIG_IGN)
    RemoteSources.isOpen.store(true, ordering: .relaxed)
    // What no address of HTTP reaches is left to GDAL, with its keys and habits.
    guard remote.contains(where: { RemoteSources.address(in: $0) == nil }) else { return }
    unsafe CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_FILENAME", nil)
    CPLHTTPSetFetchCallback(nil, nil)
    for (name, value) in patience where unsafe CPLGetConfigOption(name, nil) == nil {
      unsafe CPLSetConfigOption(name, value)
    }
  }

  /// How long a server may be silent, in seconds, and how often it is asked again: nobody waits for ever. Who sets
  /// these in the environment means it.
  private static let patience = [
    ("GDAL_HTTP_CONNECTTIMEOUT", "15"), ("GDAL_HTTP_LOW_SPEED_TIME", "20"),
    ("GDAL_HTTP_LOW_SPEED_LIMIT", "1"), ("GDAL_HTTP_MAX_RETRY", "2"),
    ("GDAL_HTTP_RETRY_DELAY", "1"),
  ]

  /// Whether a path leads to the network although the user has named none that does.
  static func isForbidden(_ path: String) -> Bool {
    guard !RemoteSources.isOpen.load(ordering: .relaxed), isRemote(path) else { return false }
    return !(RemoteSources.address(in: path).map(RemoteSources.isPermitted) ?? false)
  }

  /// Whether a path, or what an archive in it lies in, is on the network.
  public static func isRemote(_ path: String) -> Bool {
    let systems = [
      "curl", "s3", "gs", "az", "adls", "oss", "swift", "hdfs", "webhdfs",
    ]
    return systems.contains { path.contains("/vsi\($0)/") || path.contains("/vsi\($0)_streaming/") }
      || hasAddress(path)
  }

  /// A scheme of letters before `://`, whichever it is, but for files of this machine.
  private static func hasAddress(_ path: String) -> Bool {
    var rest = path[...]
    while let place = rest.range(of: "://") {
      let scheme = rest[..<place.lowerBound].reversed().prefix { $0.isLetter || $0.isNumber }
      if !scheme.isEmpty, String(scheme.reversed()).lowercased() != "file" { return true }
      rest = rest[place.upperBound...]
    }
    return false
  }
}
