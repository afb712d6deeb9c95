from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0026_search")]

    operations = [
        migrations.AlterField(
            model_name="rendering",
            name="representation",
            field=models.CharField(
                choices=[
                    ("page", "page"),
                    ("api", "API"),
                    ("card", "entry in lists"),
                    ("drawn", "picture of the headline"),
                    ("cut", "part of its picture"),
                ],
                max_length=6,
            ),
        ),
    ]
