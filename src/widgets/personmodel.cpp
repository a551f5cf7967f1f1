#include "widgets/personmodel.h"

namespace confab {

PersonModel::PersonModel(QObject *parent)
    : QStandardItemModel(parent)
{
}

void PersonModel::setPeople(const QList<FoundPerson> &people)
{
    clear();
    for (const FoundPerson &person : people) {
        const QString detail = person.tags.isEmpty() ? person.topic : person.tags.first();
        const QString name = person.name.isEmpty() ? person.topic : person.name;
        auto *item = new QStandardItem(name);
        item->setEditable(false);
        item->setData(person.topic, TopicRole);
        item->setData(detail, DetailRole);
        item->setData(person.photo, PhotoRole);
        item->setData(tr("%1, %2", "name, tag").arg(name, detail), Qt::AccessibleTextRole);
        appendRow(item);
    }
}

FoundPerson PersonModel::personAt(const QModelIndex &index)
{
    return {index.data(TopicRole).toString(), index.data(Qt::DisplayRole).toString(),
        index.data(PhotoRole).toByteArray(), {index.data(DetailRole).toString()}};
}

}
