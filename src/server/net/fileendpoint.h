#pragma once

#include "server/files/fileerror.h"
#include "server/net/httprequest.h"
#include "server/net/httpresponse.h"
#include "wire/ids.h"

#include <QObject>

#include <memory>
#include <optional>

namespace confab::server {

class Admission;
class Files;
class Hub;
class IncomingConnection;
class Upload;
struct HttpCredentials;
struct Metrics;

/// Files over HTTP as official clients expect them (protocol.md §9.4):
///   POST /v0/file/u/            a form with the part `file`; answered by a ctrl with params.url
///   GET  /v0/file/s/ID.suffix   whole or a range of it; `asatt=1` to have it saved
/// Whoever is signed in may read any file whose name it knows, and nobody can guess one (T27).
/// Owned by the listener, on the hub's thread; everything passed in outlives it.
class FileEndpoint : public QObject
{
    Q_OBJECT

public:
    FileEndpoint(Hub &hub, Files &files, const Admission &admission);
    ~FileEndpoint() override;

    /// Answers now or later.
    void upload(IncomingConnection *connection, const HttpRequest &request);
    HttpResponse download(const HttpRequest &request) const;

private:
    /// One upload from its head to its answer; a child of its connection.
    class Receiver;

    /// Nothing means that it may begin.
    std::optional<HttpResponse> refuseUpload(const HttpRequest &request, qint64 length) const;
    HttpResponse refusal(FileError error) const;

    Hub &m_hub;
    Files &m_files;
    const Admission &m_admission;
    int m_unknownSenders = 0; ///< uploads under way of those who have not said who they are
};

}
