#include "app/confabctl/exportcommand.h"

#include "store/export/accountexport.h"

#include <QFileInfo>

namespace confab {

void ExportCommand::start()
{
    if (!options().topic.isEmpty()) {
        resolve(options().topic, [this](const TopicName &name) { write({topics().find(name)}); });
        return;
    }
    QList<const Topic *> chats;
    for (int row = 0; row < topics().count(); ++row)
        chats.append(topics().at(row));
    write(chats);
}

void ExportCommand::write(const QList<const Topic *> &chats)
{
    const QFileInfo file(options().file);
    const bool html = file.suffix().startsWith(QLatin1String("htm"), Qt::CaseInsensitive);
    const ExportOrder order = exportOrder(html ? ExportFormat::Html : ExportFormat::Json,
        file.absoluteFilePath(), account().title(), topics(), chats);
    connect(&account().archive(), &Archive::exportEnded, this, [this](bool, const QString &error) {
        if (error.isEmpty())
            emit finished(exitcode::kDone);
        else
            giveUp(error, exitcode::kFailed);
    });
    account().archive().exportChats(order);
}

}
