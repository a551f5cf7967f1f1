#include "app/confabctl/exportcommand.h"

#include <QFileInfo>

namespace confab {

ExportCommand::ExportCommand(const CommandContext &context)
    : AbstractCommand(context)
    , m_job(context.account)
{
    connect(&m_job, &ExportJob::fetchingMessages, this, [this] { m_fetching = true; });
    connect(&m_job, &ExportJob::writing, this, [this] { m_fetching = false; });
    // Files are fetched by connections of their own, and messages that are here need none.
    connect(&service(), &ChatService::phaseChanged, this, [this](const Phase &phase) {
        const auto *lost = std::get_if<Waiting>(&phase);
        if (lost && m_fetching)
            emit failed(lost->why);
    });
    connect(&m_job, &ExportJob::ended, this,
        [this](bool, const QString &error, int missing) { end(error, missing); });
}

void ExportCommand::start()
{
    if (options().topic.isEmpty())
        write({});
    else
        resolve(options().topic, [this](const TopicName &name) { write({name}); });
}

void ExportCommand::write(const QList<TopicName> &chats)
{
    const QFileInfo file(options().file);
    const bool html = file.suffix().startsWith(QLatin1String("htm"), Qt::CaseInsensitive);
    m_job.start({html ? ExportFormat::Html : ExportFormat::Json, file.absoluteFilePath(), chats,
        options().files});
}

void ExportCommand::end(const QString &error, int missing)
{
    if (!error.isEmpty()) {
        giveUp(error, exitcode::kFailed);
        return;
    }
    if (missing > 0)
        complain(tr("%n file(s) could not be had; the export says which and why.", nullptr, missing));
    emit finished(exitcode::kDone);
}

}
