BeforeAll {
    . $PSScriptRoot/PasskeyAdmin.Helpers.ps1
    $null = Connect-PasskeyTenant -Sandbox
}

AfterAll { Disconnect-PasskeyTenant }

Describe 'Get-PasskeyPolicy' {
    It 'shows the policy' {
        $policy = Get-PasskeyPolicy
        $policy.State | Should -Be 'Enabled'
        $policy.ProfilesEnrolled | Should -Be 'Yes'
        $policy.Exclusion.Name | Should -Be 'Shared kiosk accounts'
        $policy | Out-String | Should -Match 'Profile\s+: \{Default passkey profile, Privileged access, Synced pilot\}'
    }

    It 'gives the policy as JSON' {
        ((Get-PasskeyPolicy).ToJson() | ConvertFrom-Json).passkeyProfiles | Should -HaveCount 3
    }

    It 'tells how much room is left' {
        $row = Get-PasskeyPolicy | Select-Object -Property Size, SizeLimit, SizePercent
        $row.Size | Should -BeLessThan $row.SizeLimit
    }
}

Describe 'Get-PasskeyProfile' {
    It 'finds profiles by name' {
        (Get-PasskeyProfile -Name Privileged*).Attestation | Should -Be 'RegistrationOnly'
        (Get-PasskeyProfile 'synced pilot').Provider.Name | Should -Be 'Apple Passwords', 'Google Password Manager', '1Password', 'Bitwarden'
    }

    It 'answers which profiles let synced passkeys in' {
        Get-PasskeyProfile | Where-Object PasskeyType -Match Synced | ForEach-Object Name | Should -Be 'Synced pilot'
    }

    It 'can be saved as a table' {
        Get-PasskeyProfile | Select-Object -Property Name, PasskeyTypeName, Target, Allows | Export-Csv TestDrive:/profiles.csv
        (Import-Csv TestDrive:/profiles.csv)[1].Target | Should -Be 'Privileged administrators'
    }

    It 'is not looked up in another tenant' {
        $other = Connect-PasskeyTenant -Sandbox
        $json = [PasskeyAdmin.Sandbox.SandboxTenant]::CreateContoso().ToJson()
        $json -replace $other.TenantId, '11111111-2222-3333-4444-555555555555' | Set-Content TestDrive:/other.json
        $null = Connect-PasskeyTenant -Path TestDrive:/other.json
        { Get-PasskeyProfile -Tenant $other | Get-PasskeyProfileTarget -ErrorAction Stop } | Should -Throw -ErrorId 'WrongTenant*'
        $other, (Get-PasskeyTenant) | Get-PasskeyProfile -Name Default* | Should -HaveCount 2
        $null = Connect-PasskeyTenant -Sandbox
    }

    It 'completes names with Tab' {
        $null = Get-PasskeyProfile
        (TabExpansion2 'Get-PasskeyProfile priv').CompletionMatches.CompletionText | Should -Be "'Privileged access'"
    }

    It 'says which name it does not know' {
        { Get-PasskeyProfile Nobody -ErrorAction Stop } | Should -Throw -ErrorId 'ProfileNotFound,PasskeyAdmin.Commands.GetPasskeyProfileCommand'
    }
}

Describe 'Get-PasskeyProfileTarget' {
    It 'lists groups and their profiles' {
        Get-PasskeyProfileTarget | Select-Object -First 3 | ForEach-Object { "$($_.DisplayName): $($_.ProfileName)" } | Should -Be 'All users: Default passkey profile', 'Privileged administrators: Privileged access', 'Passkey pilot: Synced pilot'
    }

    It 'takes profiles from the pipeline' {
        (Get-PasskeyProfile -Name 'Synced pilot' | Get-PasskeyProfileTarget).Name | Should -Be 'Passkey pilot', 'Contractors 2025', $null, 'Carla Holloway', 'External partners'
    }

    It 'finds a group' {
        (Get-PasskeyProfileTarget -Group 'Passkey pilot').ProfileName | Should -Be 'Synced pilot'
    }
}

Describe 'Get-PasskeyProfileTemplate' {
    It 'has the three scenarios' {
        (Get-PasskeyProfileTemplate).Name | Should -Be 'HighSecurity', 'Flexible', 'Transition'
    }

    It 'advises what a profile cannot express' {
        (Get-PasskeyProfileTemplate Flexible).Advice | Where-Object Need -Like '*password*' | ForEach-Object Setting | Should -BeLike '*Authentication strengths*'
    }
}
