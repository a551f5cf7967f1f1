#pragma once

namespace confab::server {

/// Why an upload was not kept.
enum class FileError {
    TooLarge, ///< over ServerOptions::maxFileSize
    QuotaExceeded, ///< over ServerOptions::fileQuota, with what the user has already
    DiskFull, ///< or so nearly that it would be soon
    Malformed, ///< the body is not the form it should be
    Failed ///< the disk or the database said no
};

}
